import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from 'node:test';

// Runs all tests of the folder that is named, one file after the other, and ends with the line that the project's test script reads.
const folder = resolve(process.argv[2]);
const files = readdirSync(folder).filter((name) => /\.test\.m?js$/.test(name)).sort().map((name) => join(folder, name));
const counts = { passed: 0, failed: 0, skipped: 0 };
const isTest = (event) => event.details.type !== 'suite' && !files.includes(event.name);

run({ files, concurrency: 1 })
  .on('test:pass', (event) => {
    if (isTest(event)) counts[event.skip === undefined ? 'passed' : 'skipped']++;
  })
  .on('test:fail', (event) => {
    if (event.details.error?.failureType === 'subtestsFailed') return;
    counts.failed++;
    console.log(`FAILED ${event.name}\n${event.details.error?.cause?.stack ?? event.details.error}\n`);
  })
  .on('end', () => {
    process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  })
  .resume();
