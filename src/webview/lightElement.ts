import { LitElement } from 'lit';

/** A part of the page with a state of its own, drawn into the page itself so that its one style sheet applies. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
