/** The part that plays Smile ID: loaded when the simulator starts. */
export { startSimulator } from '../node/simulator/server';
