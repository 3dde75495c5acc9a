// Solves CP-SAT models that arrive on standard input and answers on standard output, until standard input ends.
//
// A request: two 32-bit lengths, the CpModelProto, the SatParameters.
// An answer: "FCSP", a byte (1 response, 0 error), a 32-bit length, the CpSolverResponse or the error as UTF-8.
// All integers are little-endian.
//
// Solving keeps its thread busy, so it has one of its own: the main thread sees standard input end at any moment and ends the process,
// whatever the solver is at. No process outlives the one that started it.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: process.argv[2], stdout: true });
  worker.stdout.resume(); // standard output carries answers only
  worker.on('message', ({ ok, bytes }) => {
    const head = Buffer.alloc(9);
    head.write('FCSP', 0, 'latin1');
    head.writeUInt8(ok ? 1 : 0, 4);
    head.writeUInt32LE(bytes.length, 5);
    process.stdout.write(Buffer.concat([head, bytes]));
  });
  worker.on('error', (error) => fail(error));
  worker.on('exit', (code) => fail(`the solver's thread ended with ${code}`));

  let pending = Buffer.alloc(0);
  process.stdin.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 8) {
      const model = pending.readUInt32LE(0);
      const end = 8 + model + pending.readUInt32LE(4);
      if (pending.length < end) {
        return;
      }

      worker.postMessage({ model: pending.subarray(8, 8 + model), parameters: pending.subarray(8 + model, end) });
      pending = pending.subarray(end);
    }
  });
  for (const [stream, event] of [[process.stdin, 'end'], [process.stdin, 'error'], [process.stdout, 'error']]) {
    stream.on(event, () => process.kill(process.pid, 'SIGKILL')); // exit() would wait for the solver's threads
  }
} else {
  const { CpSat } = await import(pathToFileURL(`${workerData}/build/javascript/node/cp-sat.js`).href);
  await CpSat.loadModule();
  parentPort.on('message', async ({ model, parameters }) => {
    try {
      parentPort.postMessage({ ok: true, bytes: await CpSat.solveRaw(model, parameters) });
    } catch (error) {
      parentPort.postMessage({ ok: false, bytes: new TextEncoder().encode(String(error?.message ?? error)) });
    }
  });
}

function fail(reason) {
  process.stderr.write(`${reason?.message ?? reason}\n`, () => process.exit(1));
}
