"""The web app: the same job as the command line, in a browser."""
