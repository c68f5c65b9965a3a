"""Real Keras as a judge: one process that answers the tests' questions over HTTP on this machine, because importing TensorFlow is slow.

A question is a POST to /NAME with a JSON object of arguments, NAME a function of one of the modules below. Arrays travel as
{"$": type, "shape": [...], "bytes": base64}. The first line of output is the port.
"""

import base64
import json
import os
import sys
import threading
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# Sums in the order of plain loops: oneDNN's differ with the processor.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
# Of the summaries.
os.environ["COLUMNS"] = "80"

import numpy as np

import judge_files
import judge_models
import judge_notebooks
import judge_training

ANSWERS = {
    name: function
    for module in (judge_models, judge_training, judge_files, judge_notebooks)
    for name, function in vars(module).items()
    if callable(function) and getattr(function, "__module__", None) == module.__name__
}


def decode(value):
    if isinstance(value, list):
        return [decode(v) for v in value]
    if isinstance(value, dict) and "$" in value:
        array = np.frombuffer(base64.b64decode(value["bytes"]), value["$"])
        return array.reshape(value["shape"])
    if isinstance(value, dict):
        return {key: decode(v) for key, v in value.items()}
    return value


def encode(value):
    if isinstance(value, (list, tuple)):
        return [encode(v) for v in value]
    if isinstance(value, dict):
        return {key: encode(v) for key, v in value.items()}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        data = np.ascontiguousarray(value, "float32" if value.dtype.kind == "f" else None)
        text = base64.b64encode(data.tobytes()).decode()
        return {"$": str(data.dtype), "shape": list(data.shape), "bytes": text}
    return value


class Judge(BaseHTTPRequestHandler):
    def do_POST(self):
        arguments = decode(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        try:
            status, answer = 200, encode(ANSWERS[self.path[1:]](**arguments))
        except Exception:
            status, answer = 500, traceback.format_exc()
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = HTTPServer(("127.0.0.1", 0), Judge)
    print(server.server_port, flush=True)
    # Who started us closes our input when the tests are over, or by ending.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()
