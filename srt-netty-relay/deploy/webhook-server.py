#!/usr/bin/env python3
"""Prints the events that a relay sends. Usage: SRT_NETTY_SECRET=... webhook-server.py PORT"""
import hashlib
import hmac
import http.server
import os
import sys
import time

SECRET = os.environ["SRT_NETTY_SECRET"].encode()
MOST_SECONDS = 300


def is_genuine(signature, content):
    fields = dict(field.partition("=")[::2] for field in signature.split(","))
    seconds = fields.get("t", "")
    wanted = hmac.new(SECRET, seconds.encode() + b"." + content, hashlib.sha256).hexdigest()
    same = hmac.compare_digest(wanted.encode(), fields.get("v1", "").encode())
    return same and abs(time.time() - int(seconds)) <= MOST_SECONDS


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        genuine = is_genuine(self.headers.get("Srt-Netty-Signature", ""), content)
        line = content.decode() if genuine else "a request without a valid signature"
        print(line + "\n", end="", flush=True)  # one write, so that lines of two threads do not mix
        self.send_response(204 if genuine else 401)
        self.end_headers()

    def log_message(self, *values):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hook).serve_forever()
