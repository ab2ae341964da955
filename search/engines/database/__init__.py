"""The embedded engine: SQLite's FTS5 or PostgreSQL's tsvector with GIN, asked by one SQL statement.

An index row is one field of one document: `id = 8 × document + field`. So every database answers "which documents
have these terms in a row, and where", and all that ranks is our own arithmetic on that, the same everywhere.
"""
