"""What a team needs beside its record: who may do what, what was done, what is being done.

A `Desk` is kept beside a record: in a file of its own next to a record in a file, in tables of its
own in a team's database. Accounts, sessions and tokens; the audit log; jobs that outlive a restart;
cases with every version of each; answers.
"""

from foedus.desk.accounts import Accounts
from foedus.desk.answers import Answers
from foedus.desk.audit import Audit
from foedus.desk.cases import Cases
from foedus.desk.jobs import Jobs
from foedus.desk.opening import Desk, open_desk
from foedus.desk.values import (
    ROLES,
    Account,
    AnswerEntry,
    AuditLine,
    CaseVersion,
    Given,
    Item,
    Job,
    JobKind,
    JobState,
    Role,
    Session,
    Token,
)

__all__ = [
    "ROLES",
    "Account",
    "Accounts",
    "AnswerEntry",
    "Answers",
    "Audit",
    "AuditLine",
    "CaseVersion",
    "Cases",
    "Desk",
    "Given",
    "Item",
    "Job",
    "JobKind",
    "JobState",
    "Jobs",
    "Role",
    "Session",
    "Token",
    "open_desk",
]
