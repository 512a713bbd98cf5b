"""
A stand-in for the national payment platform, version 1.0.6 of its messages; it takes no real money.

    POST /init       a payment begins: where to send the payer       GET/POST /pay/<token>   the payer's page
    POST /query      what became of it                               POST /get_bill          its receipt's address
    POST /refund     money goes back: accepted now, told later       POST /statement         the transactions of one day
    GET  /bill/<transaction>   a receipt as the platform shows it

It tells the province by callbacks, again and again until they are kept. A transfer that a payer's bank read from a
code is told in the same way. What it took is kept in a journal, so that a restart forgets no money.
"""
