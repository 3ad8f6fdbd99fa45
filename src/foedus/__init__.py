"""Which security guarantee would hold? From public reporting to a traced answer."""

__version__ = "0.1.0"

__all__ = ["__version__"]
