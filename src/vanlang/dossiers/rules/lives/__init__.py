"""
Lives of dossiers that nobody lived: which acts, by whom, when. Pure, so a whole province can be planned and proved.

A `Road` is a list of acts with the slot of who does each. `walk` leads it through the one table of the flow, act by
act, and answers what a command would have left on the row; a road that the table refuses is no road. `pace` lays the
acts on office time. What is cut off at an instant is a prefix of a road, so it stands where a living dossier stands.
"""
