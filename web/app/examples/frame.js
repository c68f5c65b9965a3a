// Lets frames with the lab grow with their content. Only what a frame of this page says of itself is believed.
addEventListener('message', ({ data, origin, source }) => {
  const frame = [...document.querySelectorAll('iframe')].find((f) => f.contentWindow === source);
  // A frame that is sandboxed without allow-same-origin says "null".
  if (!frame || ![new URL(frame.src).origin, 'null'].includes(origin)) return;
  if (data?.type === 'ziffer-height') frame.style.height = `${data.detail.height}px`;
});
