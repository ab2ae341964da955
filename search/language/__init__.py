"""How people write, made comparable: one spelling of texts, terms that an index holds, and what a query asks for."""
