"""Clients of the services that we depend on."""
