"""Futures drawn, deals swept, outcomes in arrays: D deals, F futures, K guarantors."""
