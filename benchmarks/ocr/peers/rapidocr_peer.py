"""RapidOCR behind the benchmark's protocol: JSON Lines on standard input and output.

usage: rapidocr_peer.py onnxruntime|openvino THREADS

Says {"type": "ready", "detail": ...} once the models are loaded, then answers each {"file": ...} with
{"type": "page", "seconds", "cpuSeconds", "lines"} or {"type": "failed", "message"}. Apart from engine and threads, the settings are
RapidOCR's own, which choose the PP-OCRv6 small models that its wheel carries.
"""

import json
import os
import sys
import time
from importlib.metadata import version

# What libraries print must not stand between the answers.
answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

import cv2  # noqa: E402
from rapidocr import EngineType, RapidOCR  # noqa: E402

ENGINES = {
    "onnxruntime": (EngineType.ONNXRUNTIME, "EngineConfig.onnxruntime.intra_op_num_threads"),
    "openvino": (EngineType.OPENVINO, "EngineConfig.openvino.inference_num_threads"),
}


def load(engine, threads):
    engine_type, threads_key = ENGINES[engine]
    cv2.setNumThreads(threads)
    stages = {f"{stage}.engine_type": engine_type for stage in ("Det", "Cls", "Rec")}
    return RapidOCR(params={**stages, threads_key: threads, "Global.log_level": "error"})


def read(reader, file):
    started_at, cpu_at_start = time.perf_counter(), time.process_time()
    result = reader(file)
    return {
        "type": "page",
        "seconds": time.perf_counter() - started_at,
        "cpuSeconds": time.process_time() - cpu_at_start,
        "lines": list(result.txts or ()),
    }


def say(answer):
    answers.write(json.dumps(answer, ensure_ascii=False) + "\n")
    answers.flush()


def answer_to(reader, request):
    try:
        return read(reader, json.loads(request)["file"])
    except Exception as error:  # every failure is an answer: the benchmark stops and names it
        return {"type": "failed", "message": f"{type(error).__name__}: {error}"}


def main():
    engine, threads = sys.argv[1], int(sys.argv[2])
    reader = load(engine, threads)
    say({"type": "ready", "detail": f"rapidocr {version('rapidocr')}, {engine} {version(engine)}"})
    for request in sys.stdin:
        say(answer_to(reader, request))


if __name__ == "__main__":
    main()
