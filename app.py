"""The entry: the ASGI app with its headers, gate, health and start-up. The screen begins in components/frame.py."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pandas as pd
import streamlit as st
from starlette.middleware import Middleware

from components.entrance import opens_without_account
from components.first_response import first_response
from components.map import BROWSER as MAP
from components.map.tiles import tiles_from_environment
from components.navigation import start_pages, visited_pages
from components.pictures.element import BROWSER as PICTURES
from components.plain_pages import plain_page
from components.session import newest_quarter_ended, newest_release, our_store, verify_database
from components.sharing.light_page import light_page
from components.theme import style_sheet
from components.unforeseen import unforeseen
from components.walk import BROWSER as WALK
from data.partnership import our_partnership
from data.settings.several import served_name
from server.access_log import keep_secrets_out
from server.compression import Compression
from server.daily_check import check_daily
from server.gate import Gate, account_of
from server.identity_cookie import share_ended_in
from server.light_pages import LightPages
from server.operations import SESSION_SLOTS, begin, operation_routes, wrong_settings
from server.origin import origin_of
from server.plain_pages import PlainPages
from server.precompressed import PackedFiles
from server.private_settings import be_our_own, is_served_by_https, is_sign_in_configured, redirect_address
from server.session_limit import SessionLimit
from server.start_up import reasons_not_to_start
from server.streamlit_internals import (
    free_uploads_of_the_gone,
    keep_uploads_in_memory,
    name_downloads_by_chance,
    never_ask_for_our_address,
    remember_who_downloads,
    set_tcp_nodelay,
)
from server.warm_up import warm_up
from server.web import ServerHeaders, routes

SWEEP_SECONDS = 30


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Set up what lasts as long as the process, and begin to import what the pages need."""
    begin(newest_release, newest_quarter_ended)
    pd.set_option("mode.string_storage", "python")  # for tables as small as ours, text as objects is a third faster
    keep_secrets_out()
    set_tcp_nodelay()
    never_ask_for_our_address()
    name_downloads_by_chance()
    remember_who_downloads()
    share_ended_in(lambda: our_store().engine)
    keep_uploads_in_memory(st.get_option("server.maxUploadSize"))
    imported = asyncio.create_task(asyncio.to_thread(_import_pages))
    checking = asyncio.create_task(check_daily(verify_database))
    sweeping = asyncio.create_task(_free_uploads())
    yield
    checking.cancel()
    sweeping.cancel()
    await imported


async def _free_uploads() -> None:
    """Let go of uploaded files whose session is gone, for as long as the process lives."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        free_uploads_of_the_gone()


def _import_pages() -> None:
    """Import what the pages need, then take all that is imported out of the garbage collector's sight.

    Walking the imported libraries in each collection costs more than most pages. On a minimal page with 100 sessions
    and a collection after every run the 95th percentile fell from 6.7 s to 0.09 s.
    """
    warm_up(visited_pages())
    gc.collect()
    gc.freeze()


base = st.get_option("server.baseUrlPath")
try:
    be_our_own()
    reasons = [*reasons_not_to_start(st.get_option("server.address"), base), *wrong_settings()]
except ValueError as wrong:  # TRYGHED_NAME names no partnership
    sys.exit(str(wrong))
if reasons:
    sys.exit("\n".join(reasons))
try:
    tiles, product = tiles_from_environment(), our_partnership().product
except (ValueError, OSError) as wrong:  # wrong settings say all that is wrong with them, in Danish
    sys.exit(str(wrong))
image_hosts = [tiles.origin] if tiles and tiles.origin else []
app = st.App(
    "components/frame.py",
    on_script_error=unforeseen,
    routes=[*operation_routes(base), *routes(base=base, assets=(MAP, PICTURES, WALK))],
    middleware=[
        Middleware(Compression),
        Middleware(
            ServerHeaders,
            title=product,
            style=style_sheet(),
            image_hosts=image_hosts,
            answer=first_response,
            base=base,
        ),
        Middleware(
            Gate,
            guarded=is_sign_in_configured(),
            secure=is_served_by_https(),
            link_opens=opens_without_account,
            start_pages=start_pages(),
            origin=origin_of(redirect_address()),
            base=base,
            cookies_below=bool(served_name()),
            most_megabytes=st.get_option("server.maxUploadSize"),
        ),
        Middleware(LightPages, answer=light_page, base=base),
        Middleware(PlainPages, answer=plain_page, base=base, origin=origin_of(redirect_address())),
        Middleware(
            SessionLimit,
            slots=SESSION_SLOTS,
            title=product,
            account_of=account_of(opens_without_account) if is_sign_in_configured() else None,
        ),
        Middleware(PackedFiles, base=base),
    ],
    lifespan=lifespan,
)
