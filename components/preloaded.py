"""What every page needs, imported once for all processes that are split off from one (server/partnerships.py).

They share what was imported before they were split off, for as long as nobody writes in it. Nothing here may look at
which partnership is served, or begin a thread.
"""

import gc

from components.navigation import visited_pages
from server.warm_up import warm_up

warm_up(visited_pages())
gc.collect()
gc.freeze()  # a collection that walked these objects would write in each of them, and so make it everybody's own
