"""HAProxy and nginx as they pass connections on, bytes as they are, with a header of the PROXY protocol before them."""

from pathlib import Path

from .proxies import Server, free_port

NGINX_STREAM = Path("/usr/lib/nginx/modules/ngx_stream_module.so")


def haproxy(folder: Path, target: int, option: str) -> Server:
    """`option` is how a server line asks for the header. The health of the server is asked behind such a header too."""
    port = free_port()
    (folder / "haproxy.cfg").write_text(f"""
        global
            stats socket {folder}/admin.sock level admin
        defaults
            mode tcp
            timeout connect 5s
            timeout client 60s
            timeout server 60s
        listen tunnel
            bind 127.0.0.1:{port}
            option httpchk GET /healthz
            server target 127.0.0.1:{target} {option} check check-send-proxy inter 200ms
""")
    return Server(["haproxy", "-db", "-f", "haproxy.cfg"], folder, port)


def nginx(folder: Path, target: int) -> Server:
    port = free_port()
    (folder / "nginx.conf").write_text(f"""
        load_module {NGINX_STREAM};
        user root; pid {folder}/nginx.pid; error_log {folder}/error.log; events {{}}
        stream {{
            server {{ listen 127.0.0.1:{port}; proxy_pass 127.0.0.1:{target}; proxy_protocol on; }}
        }}""")
    return Server(["nginx", "-p", ".", "-c", "nginx.conf", "-g", "daemon off;"], folder, port)


KINDS = {
    "haproxy-v1": lambda folder, target: haproxy(folder, target, "send-proxy"),
    "haproxy-v2": lambda folder, target: haproxy(folder, target, "send-proxy-v2"),
    # With everything that it can add behind the addresses.
    "haproxy-v2-with-more": lambda folder, target: haproxy(
        folder, target, "send-proxy-v2 proxy-v2-options crc32c,unique-id,authority"),
    "nginx": nginx,
}
