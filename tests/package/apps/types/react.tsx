// What a React project declares once, and then writes.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { LabEventMap, LabProperties, ZifferLabElement } from 'ziffer/element';

type LabEvents = { [K in keyof LabEventMap as `on${K}`]?: (event: LabEventMap[K]) => void };
type LabProps = DetailedHTMLProps<HTMLAttributes<ZifferLabElement>, ZifferLabElement> &
  Partial<LabProperties> &
  LabEvents;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'ziffer-lab': LabProps;
    }
  }
}

export function Lab() {
  return (
    <ziffer-lab epochs={3} panels="train" onziffer-epoch={(e) => console.log(e.detail.epoch)} />
  );
}

export function Wrong() {
  // @ts-expect-error: a number was expected.
  return <ziffer-lab epochs="three" />;
}
