"""The office's backend: its contract (`openapi.yaml`), our client, and a practice office to run against."""
