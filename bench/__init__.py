"""Benchmarks, run by hand; see docs/testing.md."""
