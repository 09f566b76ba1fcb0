import type { Agent } from 'node:https'
import type { BrowserContext, Page } from 'playwright-core'

export interface ShownNotification {
  id: number
  summary: string
  body: string
  actions: Record<string, string>
}
export interface PushLab {
  agentFor(endpoint: string): Agent
  close(): void
}
export interface RealBrowser {
  name: string
  ctx: BrowserContext
  page: Page
  desk: {
    shown: ShownNotification[]
    waitFor(match: (shown: ShownNotification) => boolean, ms?: number): Promise<ShownNotification>
  }
  click(shown: ShownNotification, label?: string): void
  close(): Promise<void>
}
export function startPushLab(): Promise<PushLab>
export function openReal(name: 'chromium' | 'firefox', lab: PushLab, origin: string): Promise<RealBrowser>
