"""The cellar: ids, clock, errors, events, Vietnamese text, database scope. No models, knows no domain."""
