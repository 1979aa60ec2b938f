// Runs a pipeline of the npm package @itk-wasm/dicom, as the package itk-wasm does, without that and what it depends on.
// Arguments: folder of pipelines, name of one, number of its outputs, then its files and options.
// Its last line is a JSON array of the outputs: {json, arrays}, arrays in base64; what a reader says itself goes to standard error.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import zlib from 'node:zlib';

console.log = console.error;
const [folder, pipeline, outputs, ...given] = process.argv.slice(2);
const file = path.resolve(folder, pipeline);
const wasmBinary = zlib.zstdDecompressSync(fs.readFileSync(file + '.wasm.zst'));
const module = await (await import(pathToFileURL(file + '.js'))).default({ wasmBinary });
module.fs_mkdirs('/in');
const files = given.filter(argument => fs.existsSync(argument)).map(argument => {
  const inside = '/in/' + path.basename(argument);
  module.fs_writeFile(inside, fs.readFileSync(argument));
  return inside;
});
const numbers = [...Array(Number(outputs)).keys()];
module.resetModuleStdout();
module.resetModuleStderr();
const status = module.callMain([...files, ...numbers.map(String), '--memory-io', ...given.slice(files.length)]);
if (status !== 0) {
  process.exit(status);
}
const call = (name, ...values) => module.ccall('itk_wasm_output_' + name, 'number', values.map(() => 'number'), values);
const bytes = (address, size) => Buffer.from(module.HEAPU8.slice(address >>> 0, (address >>> 0) + size));
process.stdout.write('\n' + JSON.stringify(numbers.map(output => {
  const length = call('json_size', 0, output);
  const image = length > 0;
  return {
    json: image ? JSON.parse(bytes(call('json_address', 0, output), length).toString()) : null,
    arrays: (image ? [0, 1] : [0]).map(array =>
      bytes(call('array_address', 0, output, array), call('array_size', 0, output, array)).toString('base64')),
  };
})));
