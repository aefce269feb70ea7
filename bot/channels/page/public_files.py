"""How files leave that anybody may load, from other pages too, and how long they are kept."""

from __future__ import annotations

# What may be done with them on a page is up to the page; there is nothing private in them.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# For files that come compressed or not.
VARYING = {**HEADERS, "Vary": "Accept-Encoding"}
# An address that holds a fingerprint or a version of the content, and one that does not.
FOREVER = "public, max-age=31536000, immutable"
CHECKED = "no-cache"
A_DAY = "public, max-age=86400"
