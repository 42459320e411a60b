import type { SharedMeetings } from '../shared-meetings.ts';
import { NodeReporter } from './node-report.ts';
import type { NodeReportParts } from './node-report.ts';
import { OperatorReach } from './operator-reach.ts';
import type { OperatorReachParts } from './operator-reach.ts';
import { serveOperators } from './operators.ts';
import type { OperatorParts } from './operators.ts';

export type OperatorSideParts = Omit<NodeReportParts, 'node'> &
  Omit<OperatorReachParts, 'reporter' | 'others'> &
  Pick<OperatorParts, 'adminToken' | 'log'> & { others: SharedMeetings | null };

/** All that is there for whoever runs the server (R81 to R83). */
export function operatorSide({ others: shared, ...parts }: OperatorSideParts) {
  const others = shared && { ...shared, node: shared.membership.node };
  const reporter = new NodeReporter({ ...parts, node: others?.node ?? 'here' });
  const reach = new OperatorReach({ ...parts, reporter, others });
  const stop = serveOperators(parts.io, {
    ...parts,
    handlers: reach.handlers,
    reports: () => reach.reports(),
  });
  return {
    reach,
    reporter,
    close() {
      stop();
      reporter.close();
    },
  };
}
