// SPDX-License-Identifier: MIT
// Prints what an independent decoder reads in a FIT file, as JSON; exit status 1: it refuses it.
// usage: node decode-fit.mjs NODE_MODULES FILE
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, file] = process.argv.slice(2);
const { default: FitParser } = await import(pathToFileURL(`${modules}/fit-file-parser/dist/fit-parser.js`));

// Not forced: a checksum that is wrong is an error.
new FitParser({ force: false, mode: 'list' }).parse(readFileSync(file), (error, data) => {
	if (error) {
		console.error(error);
		process.exit(1);
	}
	console.log(JSON.stringify({ ...data.messages, protocol: data.protocolVersion, profile: data.profileVersion }));
});
