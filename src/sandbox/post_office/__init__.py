"""
The post office: stand-ins for everything that carries a message to a person.

    SMTP       a mail server with STARTTLS and AUTH             :smtp port
    SMPP 3.4   a text message centre                            :smpp port
    web push   a push service that opens what it is given       POST /push/<id>
    messenger  an official account's template messages          POST /messenger/message/template

What arrived is shown at `/` and as JSON at `/_sandbox/inbox`. Misdeeds are bound to a channel by `path`: "/smtp", "/smpp",
"/push", "/messenger".
"""
