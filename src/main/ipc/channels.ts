// The two channels between window and main. The preload takes them from here; the page never learns them (IPC-4).
export const channels = { command: 'drawbridge:command', view: 'drawbridge:view' } as const
