import type { JobApi } from '../../core/smile/jobApi';
import type { SimulatorCommands } from './simulatorCommands';

/** An API that starts the simulator again, silently, if a request finds that it is gone. */
export function restartedSimulator(
  api: Pick<JobApi, 'jobStatus'> & { forgetTokens(): void },
  simulator: Pick<SimulatorCommands, 'restart'>,
): Pick<JobApi, 'jobStatus'> {
  return {
    jobStatus: async (credentials, request, cancel) => {
      const outcome = await api.jobStatus(credentials, request, cancel);
      const isGone = outcome.kind === 'unreachable' && outcome.cause === 'refused';
      if (!isGone || !(await simulator.restart(credentials.baseUrl))) return outcome;
      api.forgetTokens(); // the new one has granted none of them
      return await api.jobStatus(credentials, request, cancel);
    },
  };
}
