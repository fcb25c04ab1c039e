/** The part that talks HTTP with senders and receivers of webhooks: loaded when the first webhook is received or sent. */
export { startWebhookReceiver } from '../node/webhooks/receiver';
export { Endpoint } from '../node/webhooks/endpoint';
