"""Releases: the published data of one day, numbered, with everything that a reader or an archive needs, never changed.

``making.make`` freezes what is public. All files of a release are made from one view of the register and lie under
``MEDIA_ROOT/releases/<number>/``; ``reading`` answers from them alone, so that a case can be seen as it was then.
"""
