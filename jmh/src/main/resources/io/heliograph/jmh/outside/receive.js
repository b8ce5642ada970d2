// As native/bench/outside_receive.c, with a listener in Node: receive.js FILE USR1|USR2
// Node cannot map a file, so it writes to it; processes that map the file see that. The figure does not include these two
// system calls, because they come after the time is taken. libuv's own pipe wakes the loop: no signal is missed.
'use strict';
const fs = require('fs');
const os = require('os');

const HEADER_BYTES = 4096;
const file = fs.openSync(process.argv[2], 'r+');
const capacity = (fs.fstatSync(file).size - HEADER_BYTES) / 16;
const word = Buffer.alloc(8);
const isLittle = os.endianness() === 'LE';
let handled = 0;

function put(value, position) {
  if (isLittle) word.writeBigInt64LE(value);
  else word.writeBigInt64BE(value);
  fs.writeSync(file, word, 0, 8, position);
}

process.on('SIG' + process.argv[3], () => {
  const handledAt = process.hrtime.bigint();
  if (handled < capacity) put(handledAt, HEADER_BYTES + 8 * (capacity + handled));
  handled++;
  put(BigInt(handled), 0);
});
process.stdin.on('end', () => {
  console.log('handled ' + handled);
  process.exit(0);
});
process.stdin.resume();
console.log('ready ' + process.pid);
