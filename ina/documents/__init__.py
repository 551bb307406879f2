"""Papers about a person: what is written by us, what is uploaded, what is signed, what left the house.

Kinds of documents come from the modules above (``kinds.register_kind``, filled in ``apps.ready``). Cases are named by
their number inside the dossier. What a paper says is the business of its module; how it is set, kept, signed, sent and
checked is the business of this one.
"""
