"""
The national identity provider's stand-in: OpenID Connect, code flow with PKCE, and a page of test people.

people.py     who can sign in, all invented
claims.py     what the provider tells about a person, in the national vocabulary and in the standard one
grants.py     requests, codes and tokens: short-lived, used once, bound to their client
tokens.py     the signed id_token, and the ways to spoil it
pages.py      the page on which one picks a person
provider.py   the endpoints
"""
