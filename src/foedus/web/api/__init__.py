"""The API, version 1: what the pages do, for programs. Described at /api/v1/openapi.json."""

from foedus.web.api import accounts, cases, changes, health, jobs, record

routers = (health.router, record.router, changes.router, jobs.router, cases.router, accounts.router)

__all__ = ["routers"]
