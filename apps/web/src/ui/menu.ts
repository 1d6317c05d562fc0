import type { Component } from 'vue'

export interface MenuItem {
  key: string
  label: string
  icon?: Component
  danger?: boolean
  checked?: boolean
  disabled?: boolean
  /** A line above it. */
  apart?: boolean
}
