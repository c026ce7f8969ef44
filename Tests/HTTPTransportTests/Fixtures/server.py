"""An HTTP/1.1 server that misbehaves on request: the path says how, after a first segment that tells tests apart.

usage: server.py FOLDER

Listens on 127.0.0.1 without and with TLS, and prints both ports; on FOLDER/socket as well. The certificate, made on the
spot for 127.0.0.1 alone, is FOLDER/certificate. Counts the requests that it has read completely, by path without query;
/count?/PATH tells. Ends when its standard input does, and removes FOLDER.
"""

import collections
import gzip
import json
import pathlib
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time

counts = collections.Counter()
lock = threading.Lock()


class Closed(Exception):
    pass


class Exchange:
    def __init__(self, connection):
        self.connection = connection
        self.file = connection.makefile("rb")
        self.served = 0

    def read(self):
        if self.file.peek(1)[:1] in (b"", b"\x16"):  # the end, or a TLS handshake
            raise Closed
        line = self.file.readline()
        method, target, _ = line.decode("latin-1").split()
        headers = []
        while (line := self.file.readline().decode("latin-1").rstrip("\r\n")):
            headers.append(line.split(": ", 1) if ": " in line else [line.rstrip(":"), ""])
        length = {name.lower(): value for name, value in headers}.get("content-length")
        body = self.file.read(int(length)) if length else None
        path, _, query = target.partition("?")
        with lock:
            counts[path] += 1
        return method, path, query, headers, body

    def send(self, text):
        self.connection.sendall(text if isinstance(text, bytes) else text.encode())

    def answer(self, body, status="200 OK", headers=()):
        body = body if isinstance(body, bytes) else body.encode()
        lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
        self.send("\r\n".join(lines).encode() + body)

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise Closed

    def serve(self):
        method, path, query, headers, body = self.read()
        self.served += 1
        path = path[path.find("/", 1):]
        if path == "/echo":
            text = None if body is None else body.decode()
            echo = json.dumps({"method": method, "headers": headers, "body": text, "connection": id(self)})
            self.answer(b"" if method == "HEAD" else echo, headers=["Content-Type: application/json"])
        elif path == "/status":
            self.answer("" if query in ("204", "304") else "told so", status=f"{query} Something", headers=["Location: echo"])
        elif path == "/count":
            with lock:
                self.answer(str(counts[query]))
        elif path.startswith("/silent"):
            while self.connection.recv(1):
                pass
            raise Closed
        elif path == "/slow":
            time.sleep(0.05)
            self.answer("at last")
        elif path.startswith("/reset"):
            self.reset()
        elif path.startswith("/tired"):
            # Serves one request on a connection, reads the next one and hangs up.
            if self.served > 1:
                raise Closed
            self.answer("once")
        elif path == "/interim":
            self.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n")
            self.answer("final", headers=["X-Final: yes"])
        elif path == "/chunked":
            self.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for piece in ("one ", "two ", "three"):
                self.send(f"{len(piece):x}\r\n{piece}\r\n")
            self.send("0\r\nX-Trailer: late\r\n\r\n")
        elif path == "/cut":
            self.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
            raise Closed
        elif path == "/bytes":
            self.answer(b"x" * int(query))
        elif path == "/gzip":
            self.answer(gzip.compress(b"y" * int(query)), headers=["Content-Encoding: gzip"])
        elif path == "/head":
            self.answer("", headers=[f"X-Filler-{number}: {'z' * 1000}" for number in range(int(query))])
        else:
            self.answer("no such behaviour", status="404 Not Found")


def converse(connection):
    exchange = Exchange(connection)
    try:
        while True:
            exchange.serve()
    except (Closed, OSError, ValueError):
        pass
    exchange.file.close()
    connection.close()


def listen(listener, wrap=lambda connection: connection):
    def greet(connection):
        try:
            connection = wrap(connection)
        except OSError:
            connection.close()
        else:
            converse(connection)

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=greet, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def context(folder):
    certificate, key = folder / "certificate", folder / "key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    return made


folder = pathlib.Path(sys.argv[1])
tls_context = context(folder)
plain = socket.create_server(("127.0.0.1", 0), backlog=512)
tls = socket.create_server(("127.0.0.1", 0), backlog=512)
unix = socket.socket(socket.AF_UNIX)
unix.bind(str(folder / "socket"))
unix.listen(16)
listen(plain)
listen(tls, lambda connection: tls_context.wrap_socket(connection, server_side=True))
listen(unix)
print(f"{plain.getsockname()[1]} {tls.getsockname()[1]}", flush=True)
sys.stdin.read()
shutil.rmtree(folder)
