// The limit's server as a process of its own, for a bench that runs it in another network.
import { startLimitServer } from './limit-server.ts';

const { url } = await startLimitServer(process.env.HOST);
console.log(`The limit is ready at ${url}`);
