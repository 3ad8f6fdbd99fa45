"""The guarantee game: frozen values, pure functions, one readable reference solution."""
