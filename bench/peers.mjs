export async function preparePeers() {}
export async function benchPeers() {}
