# The web app for a team. Build it in a checkout, and give it a PostgreSQL database:
#
#     docker build --tag foedus .
#     docker run --publish 8000:8000 foedus --record postgresql+psycopg://foedus@db/war --name foedus.example --https
#
# A proxy before it speaks https to browsers. See docs/do/serve.md.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY src src
RUN python -m venv /opt/foedus \
    && /opt/foedus/bin/pip install --no-cache-dir --constraint constraints.txt '.[postgres]'

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 foedus
COPY --from=build /opt/foedus /opt/foedus
# The game is compiled where the package lies: here, once, and not in every container.
RUN chown -R foedus /opt/foedus/lib/python3.13/site-packages/foedus/search
USER 10001
RUN /opt/foedus/bin/python -c "from foedus.flow import compile_game; compile_game(print)"
ENV PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["/opt/foedus/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["/opt/foedus/bin/foedus", "serve", "--team", "--host", "0.0.0.0", "--port", "8000"]
CMD ["--help"]
