/**
 * onnxruntime 1.30 collects usage data at every start and sends it to its maker where it can. The environment is its only switch,
 * and it is read when the native library loads: this file is imported before it, on the main thread, whose environment is the
 * process's own (a worker thread has but a copy).
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
