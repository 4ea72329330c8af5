"""Statements that take long are logged, without their values, which may be people's: a database backend for Django.

PostgreSQL's own `log_min_duration_statement` would quote the values.
"""
