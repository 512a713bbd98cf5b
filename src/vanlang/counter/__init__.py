"""
The counter's day: who waits and who is called, what is taken in by the pile, what leaves the counter and how, and the cash drawer.

**Queue.** An agency names what people come for (`QueueService`, a letter each) and where they are served (`Window`).
A ticket is a number of a service and a day, without gap or repeat however many kiosks print; who is called next is
one pure rule (`rules/queue.py`): first come first served, priority first, and after so many priority calls in a row
one of the others, so that nobody starves. What the television shows has numbers and windows, never a name.

**Batches.** Several dossiers of one person, or one procedure for many people (`Batch`): each line is received in a
transaction of its own, so a bad line keeps no good one back, and what was begun can be gone on with.

**Trays.** What is carried from hand to hand is a list that both sign (`Tray`): dossiers to the unit that works on
them, results back to the counter. The receiver confirms it as a whole or sends single ones back.

**Post.** An envelope that came or goes, with its tracking number, what lies in it and how far it is (`PostalItem`).

**Cash.** A drawer is opened with an amount, written into and never out of (`CashEntry` is only added to; a mistake is
corrected by its counter-entry), counted by denomination and handed to the treasurer. A closed drawer cannot change:
the database refuses.

No colleague imports this app: it stands on the top floor. Pages of the desk lead here by URL name, and the desk says
by an event of `intake` that a visitor's dossier was taken in.
"""
