"""What the findings about players share: a short video, a server on 127.0.0.1, and one release of ffmpeg."""
import functools, http.server, os, re, subprocess, threading
import imageio_ffmpeg

ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
release = subprocess.run([ffmpeg, "-version"], capture_output=True, text=True, check=True).stdout.split()[2]
assert release.startswith("n9.0.2"), release

def make_video(path, seconds, *options):
    """Five frames a second. A segment can begin every two seconds, unless the options say otherwise."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    subprocess.run([ffmpeg, "-loglevel", "error", "-f", "lavfi", "-i", f"testsrc=s=64x64:r=5:d={seconds}", "-c:v", "libx264",
                    "-g", "10", *options, path], check=True)

def serve(handler, folder="."):
    """Returns the address without a path."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"

def play(address):
    """Returns the exit status of ffmpeg."""
    command = [ffmpeg, "-loglevel", "quiet", "-i", address, "-c", "copy", "-f", "null", "-"]
    return subprocess.run(command, timeout=60).returncode

class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, and writes no log."""
    def log_message(self, *arguments): pass

class RefusingHandler(Handler):
    """Refuses the segments of an HLS stream from number 5 on, and writes down for which of them it was asked."""
    status, retry_after, asked = 401, 1, []

    def do_GET(self):
        segment = re.search(r"video(\d+)\.ts$", self.path)
        if not segment or int(segment[1]) < 5:
            return super().do_GET()
        self.asked.append(int(segment[1]))
        self.send_response(self.status)
        self.send_header("Retry-After", str(self.retry_after))
        self.send_header("Content-Length", "0")
        self.end_headers()
