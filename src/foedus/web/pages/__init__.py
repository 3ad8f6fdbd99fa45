"""The pages: made here, whole, by the server; scripts only make them handier."""

from foedus.web.pages import accounts, answers, cases, changes, described, inbox, record, reports

routers = (
    inbox.router,
    reports.router,
    record.router,
    changes.router,
    cases.router,
    answers.router,
    accounts.router,
    described.router,
)

__all__ = ["routers"]
