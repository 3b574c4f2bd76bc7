/** The OAuth clients registered with the emulated Google, and the Cloud project each belongs to. */
import { z } from 'zod';

export const clientSchema = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  redirectUris: z.array(z.url()).min(1),
  /** Digits; taken from the start of a Google-like client id when left out. Clients of one project share its grants. */
  projectNumber: z.string().regex(/^\d+$/).optional(),
  appName: z.string().default('The app you came from'),
  /** In Testing, every consent ends after seven days and nothing can be renewed (docs/google-api.md §7, §10). */
  publishing: z.enum(['production', 'testing']).default('production'),
  /** In Testing: e-mail addresses that may consent. Left out: all. */
  testUsers: z.array(z.string()).max(100).optional(),
  /** Whether the Data Portability API is enabled in the project (§5). */
  apiEnabled: z.boolean().default(true),
});

export type ClientOrder = z.input<typeof clientSchema>;
export type Client = z.infer<typeof clientSchema> & { projectNumber: string };

export interface Clients {
  find(clientId: string): Client | undefined;
  ofProject(projectNumber: string): Client[];
  all(): Client[];
}

export function createClients(orders: readonly ClientOrder[]): Clients {
  const clients = orders.map((order): Client => {
    const client = clientSchema.parse(order);
    return { ...client, projectNumber: client.projectNumber ?? /^\d+/.exec(client.clientId)?.[0] ?? '100000000001' };
  });
  return {
    find: (clientId) => clients.find((client) => client.clientId === clientId),
    ofProject: (projectNumber) => clients.filter((client) => client.projectNumber === projectNumber),
    all: () => clients,
  };
}
