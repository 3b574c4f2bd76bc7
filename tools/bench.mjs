// `npm run bench -- NAME`: measures one thing against a named rival, several times in turn, and prints medians and ratios.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = dirname(fileURLToPath(import.meta.url));
const names = readdirSync(join(tools, 'bench'))
  .filter((file) => file.endsWith('.mjs') && !['compare.mjs', 'entries.mjs'].includes(file))
  .map((file) => file.slice(0, -'.mjs'.length));
const [name, ...args] = process.argv.slice(2);

if (!names.includes(name ?? '')) {
  console.error(`Usage: npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
  process.exit(2);
}
execFileSync(process.execPath, [join(tools, 'build.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
const { bench } = await import(`./bench/${name}.mjs`);
await bench(args);
