import { type Environment, loadConfig } from '../config/load-config.js';
import { describeOffline } from '../openapi.js';
import { printJson } from './output.js';

/** Prints the description of the API that the service would serve with this configuration, of any where nothing says where. */
export async function printOpenApi(environment: Environment): Promise<void> {
  const document = await describeOffline(loadConfig(environment));
  const isAnywhere = environment['PUBLIC_URL'] === undefined;
  printJson(
    isAnywhere ? { ...document, servers: [{ url: '/', description: 'PUBLIC_URL' }] } : document,
  );
}
