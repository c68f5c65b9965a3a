#include "nn/layers.hpp"

#include <array>
#include <span>

#include "core/error.hpp"

namespace ziffer::nn {
namespace {

template <class T>
struct Word {
  T value;
  const char* text;
};

constexpr std::array kActivations{
    Word{Activation::linear, "linear"}, Word{Activation::relu, "relu"},
    Word{Activation::softmax, "softmax"}, Word{Activation::sigmoid, "sigmoid"},
    Word{Activation::tanh, "tanh"}};
constexpr std::array kPaddings{Word{Padding::valid, "valid"}, Word{Padding::same, "same"}};
constexpr std::array kInitializers{Word{Initializer::glorot_uniform, "glorot_uniform"},
                                   Word{Initializer::glorot_normal, "glorot_normal"},
                                   Word{Initializer::he_uniform, "he_uniform"},
                                   Word{Initializer::he_normal, "he_normal"},
                                   Word{Initializer::lecun_uniform, "lecun_uniform"},
                                   Word{Initializer::lecun_normal, "lecun_normal"},
                                   Word{Initializer::zeros, "zeros"},
                                   Word{Initializer::ones, "ones"}};

template <class T>
const char* text_of(std::span<const Word<T>> words, T value) {
  for (const Word<T>& w : words) {
    if (w.value == value) return w.text;
  }
  return "";
}

template <class T>
T value_of(std::span<const Word<T>> words, const std::string& text, const std::string& where,
           const char* what) {
  std::string known;
  for (const Word<T>& w : words) {
    if (text == w.text) return w.value;
    known += (known.empty() ? "" : ", ") + std::string(w.text);
  }
  throw Error("invalid_config",
              where + ": expected " + what + " to be one of " + known + ", got \"" + text + "\".");
}

}  // namespace

const char* class_name(const LayerKind& kind) {
  constexpr std::array kNames{"Conv2D",     "MaxPooling2D", "AveragePooling2D",
                              "Flatten",    "Dense",        "Dropout",
                              "Activation", "Rescaling",    "BatchNormalization"};
  static_assert(kNames.size() == std::variant_size_v<LayerKind>);
  const auto* a = std::get_if<ActivationLayer>(&kind);
  if (a != nullptr && a->own_class) {
    return a->activation == Activation::relu ? "ReLU" : "Softmax";
  }
  return kNames[kind.index()];
}

const char* word(Activation a) { return text_of<Activation>(kActivations, a); }
const char* word(Padding p) { return text_of<Padding>(kPaddings, p); }
const char* word(Initializer i) { return text_of<Initializer>(kInitializers, i); }

Activation activation_from(const std::string& text, const std::string& where) {
  return value_of<Activation>(kActivations, text, where, "activation");
}
Padding padding_from(const std::string& text, const std::string& where) {
  return value_of<Padding>(kPaddings, text, where, "padding");
}
Initializer initializer_from(const std::string& text, const std::string& where) {
  return value_of<Initializer>(kInitializers, text, where, "initializer");
}

}  // namespace ziffer::nn
