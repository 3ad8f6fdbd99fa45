BEGIN TRANSACTION;
CREATE TABLE claims (
	report VARCHAR(12) NOT NULL, 
	n INTEGER NOT NULL, 
	speaker TEXT NOT NULL, 
	side TEXT, 
	kind VARCHAR(16) NOT NULL, 
	cue TEXT NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	PRIMARY KEY (report, n), 
	FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "claims" VALUES('53ce9d38974f',0,'Olle Brandt','Ardal','direct','said',53,67);
INSERT INTO "claims" VALUES('53ce9d38974f',1,'a driver',NULL,'indirect','told us',68,92);
INSERT INTO "claims" VALUES('000000000000',0,'Olle Brandt','Ardal','direct','said',53,67);
INSERT INTO "claims" VALUES('000000000000',1,'a driver',NULL,'indirect','told us',68,92);
CREATE TABLE events (
	report VARCHAR(12) NOT NULL, 
	n INTEGER NOT NULL, 
	type VARCHAR(16) NOT NULL, 
	mode VARCHAR(16), 
	status VARCHAR(16) NOT NULL, 
	first_day DATE, 
	last_day DATE, 
	place TEXT, 
	country VARCHAR(3), 
	actors JSON NOT NULL, 
	recipients JSON NOT NULL, 
	according_to TEXT, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	PRIMARY KEY (report, n), 
	FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "events" VALUES('53ce9d38974f',0,'ASSAULT','aerial','happened','2031-05-02','2031-05-03','Velm','VLM','["Ardal"]','["Velmark"]','Velmark',0,42);
INSERT INTO "events" VALUES('53ce9d38974f',1,'CONSULT','call','happened',NULL,NULL,NULL,NULL,'["Ardal"]','[]',NULL,43,52);
INSERT INTO "events" VALUES('18bfe6a43e82',0,'ASSAULT','aerial','happened','2031-05-02','2031-05-02','Velm',NULL,'["Ardal"]','["Velmark"]',NULL,0,31);
INSERT INTO "events" VALUES('000000000000',0,'ASSAULT','aerial','happened','2031-05-02','2031-05-03','Velm','VLM','["Ardal"]','["Velmark"]','Velmark',0,42);
INSERT INTO "events" VALUES('000000000000',1,'CONSULT','call','happened',NULL,NULL,NULL,NULL,'["Ardal"]','[]',NULL,43,52);
CREATE TABLE foedus_schema (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT foedus_schema_pkc PRIMARY KEY (version_num)
);
INSERT INTO "foedus_schema" VALUES('0001');
CREATE TABLE positions (
	report VARCHAR(12) NOT NULL, 
	n INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	issue VARCHAR(32) NOT NULL, 
	stance VARCHAR(16) NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	PRIMARY KEY (report, n), 
	FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "positions" VALUES('53ce9d38974f',0,'Velmark','territory','demands',93,119);
INSERT INTO "positions" VALUES('000000000000',0,'Velmark','territory','demands',93,119);
CREATE TABLE provisions (
	report VARCHAR(12) NOT NULL, 
	n INTEGER NOT NULL, 
	provision VARCHAR(32) NOT NULL, 
	given_by TEXT, 
	status VARCHAR(16) NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	PRIMARY KEY (report, n), 
	FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "provisions" VALUES('53ce9d38974f',0,'monitoring','Norrland','proposed',120,147);
INSERT INTO "provisions" VALUES('53ce9d38974f',1,'ceasefire',NULL,'discussed',148,170);
INSERT INTO "provisions" VALUES('000000000000',0,'monitoring','Norrland','proposed',120,147);
INSERT INTO "provisions" VALUES('000000000000',1,'ceasefire',NULL,'discussed',148,170);
CREATE TABLE quantities (
	report VARCHAR(12) NOT NULL, 
	event INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	item VARCHAR(32) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	value FLOAT NOT NULL, 
	bound VARCHAR(16) NOT NULL, 
	according_to TEXT, 
	PRIMARY KEY (report, event, n), 
	FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "quantities" VALUES('53ce9d38974f',0,0,'drone','launched',12.0,'exact',NULL);
INSERT INTO "quantities" VALUES('53ce9d38974f',0,1,'area-km2','captured',3.00000000000000044408e-01,'about','Velmark''s army');
INSERT INTO "quantities" VALUES('18bfe6a43e82',0,0,'drone','launched',12.0,'exact',NULL);
INSERT INTO "quantities" VALUES('000000000000',0,0,'drone','launched',12.0,'exact',NULL);
INSERT INTO "quantities" VALUES('000000000000',0,1,'area-km2','captured',3.00000000000000044408e-01,'about','Velmark''s army');
CREATE TABLE reports (
	id VARCHAR(12) NOT NULL, 
	source TEXT NOT NULL, 
	title TEXT, 
	outlet TEXT, 
	author TEXT, 
	published DATE, 
	published_from VARCHAR(16) NOT NULL, 
	language VARCHAR(16) NOT NULL, 
	url TEXT, 
	text TEXT NOT NULL, 
	text_hash VARCHAR(12) NOT NULL, 
	reader TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "reports" VALUES('53ce9d38974f','full.html','A night over Velm','The Norrland Post','I. Stern','2031-05-03','page','en','https://post.example/velm','Ardal sent 12 drones at Velm in the night.
They met.
more will come
it was quiet — all night
Velmark wants it all back.
Norrland offered observers.
A truce was discussed.
Nobody knows when.
As full.html has it.','56fe09fe04f3','1');
INSERT INTO "reports" VALUES('18bfe6a43e82','other.txt',NULL,NULL,NULL,NULL,'unknown','en',NULL,'Ardal''s 12 drones came at Velm.
As other.txt has it.','89c07bce6ddc','1');
INSERT INTO "reports" VALUES('000000000000','copy.html','A night over Velm','The Norrland Post','I. Stern','2031-05-03','page','en','https://post.example/velm','Ardal sent 12 drones at Velm in the night.
They met.
more will come
it was quiet — all night
Velmark wants it all back.
Norrland offered observers.
A truce was discussed.
Nobody knows when.
As full.html has it.','56fe09fe04f3','1');
CREATE TABLE sources (
	report VARCHAR(12) NOT NULL, 
	source TEXT NOT NULL, 
	PRIMARY KEY (report, source), 
	FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "sources" VALUES('53ce9d38974f','full.html');
INSERT INTO "sources" VALUES('18bfe6a43e82','other.txt');
INSERT INTO "sources" VALUES('000000000000','copy.html');
CREATE TABLE unknowns (
	report VARCHAR(12) NOT NULL, 
	n INTEGER NOT NULL, 
	about VARCHAR(32) NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	PRIMARY KEY (report, n), 
	FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "unknowns" VALUES('53ce9d38974f',0,'schedule',171,189);
INSERT INTO "unknowns" VALUES('000000000000',0,'schedule',171,189);
CREATE INDEX ix_reports_text_hash ON reports (text_hash);
COMMIT;
