"""
Operation: whether this installation is well, and what to do when it is not.

It stands near the roof because it looks at everything below it and nothing of it is needed below: it asks other apps'
doors (certificates, queues, letters that wait), the database and the machine, and says in Vietnamese what a part-time
engineer should do now. It changes nothing of any other app.

    doctor…            findings: probe (a question) → rule (pure) → sentence; `./vanlang doctor`, the administrators' page
    middleware, adapters  what machines ask: is it alive, is it ready, how fast, how many (ADR 0027)

Backup and restore are the launcher's (`src/launcher/backup`, ADR 0025): they work when Django cannot start.
"""
