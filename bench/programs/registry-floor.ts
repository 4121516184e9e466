import { createHash } from 'crypto';
import { readdirSync, readFileSync } from 'fs';
import { Agent, request } from 'http';
import { join } from 'path';

// `node registry-floor.js upload <registry> <folder>` uploads what is there: a folder for each artifact, with `manifest` and the
// blobs by digest. `node registry-floor.js read <registry> <folder>` hashes the files and reads the manifest of each artifact.
// It asks nothing, and checks nothing.

const [task, registry, folder] = process.argv.slice(2);
const AT_A_TIME = 8;
const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });

async function ask(method: string, path: string, body?: Buffer, type?: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { ...type && { 'Content-Type': type }, 'Content-Length': body?.length ?? 0 };
    request(new URL(path, registry), { method, agent, headers }, (response) => {
      response.on('data', () => undefined);
      response.on('end', () => response.statusCode! < 300 ? resolve(response.headers.location) : reject(new Error(`${method} ${path}: ${response.statusCode}`)));
    }).on('error', reject).end(body);
  });
}

async function upload(name: string): Promise<void> {
  for (const digest of readdirSync(join(folder, name)).filter((file) => file !== 'manifest')) {
    const location = await ask('POST', `/v2/bench/${name}/blobs/uploads/`);
    await ask('PUT', `${location}?digest=${digest}`, readFileSync(join(folder, name, digest)), 'application/octet-stream');
  }
  await ask('PUT', `/v2/bench/${name}/manifests/latest`, readFileSync(join(folder, name, 'manifest')), 'application/vnd.oci.image.manifest.v1+json');
}

async function read(name: string): Promise<void> {
  const files = join(folder, name, 'latest');
  readdirSync(files).forEach((file) => createHash('sha256').update(readFileSync(join(files, file))).digest());
  await ask('GET', `/v2/bench/${name}/manifests/latest`);
}

const names = readdirSync(folder);
let next = 0;
const work = async () => {
  while (next < names.length) {
    await (task === 'upload' ? upload : read)(names[next++]);
  }
};
void Promise.all(Array.from({ length: AT_A_TIME }, work)).then(() => agent.destroy());
