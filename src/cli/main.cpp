// ziffer_cli: the same training without a browser. Prints Keras's history as JSON, and writes the
// weights as raw floats, so that a test can hold this machine's own instructions to WebAssembly's,
// bit for bit. And what the core says of models, which the page says too before it has the core.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "data/idx.hpp"
#include "nn/config.hpp"
#include "training/schema.hpp"
#include "training/trainer.hpp"

namespace {

using namespace ziffer;
using Document = nlohmann::ordered_json;

std::vector<std::uint8_t> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error("file", "cannot read " + path + ".");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string read_text(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  return {bytes.begin(), bytes.end()};
}

/// The first `limit` labelled pictures of a pair of IDX files (0: all).
training::Dataset read_dataset(const std::string& images_path, const std::string& labels_path,
                               std::size_t limit) {
  const auto image_bytes = read_file(images_path), label_bytes = read_file(labels_path);
  const data::IdxImages images = data::parse_idx_images(image_bytes, images_path);
  const auto labels = data::parse_idx_labels(label_bytes, labels_path);
  auto count = static_cast<std::size_t>(images.count);
  if (labels.size() != count) throw Error("file", "as many labels as pictures are needed.");
  if (limit > 0) count = std::min(count, limit);
  const Shape shape{images.height, images.width, images.channels};
  training::Dataset out(count, shape, 10);
  out.set_images(0, images.pixels.first(count * shape.size()));
  out.set_labels(0, labels.first(count));
  return out;
}

using Arguments = std::map<std::string, std::string>;

std::string required(const Arguments& a, const std::string& name) {
  const auto it = a.find(name);
  if (it == a.end()) throw Error("usage", "--" + name + " is missing.");
  return it->second;
}

void train(const Arguments& a) {
  const auto optional = [&](const char* name) { return a.contains(name) ? a.at(name) : "0"; };
  const nn::Sequential model = nn::sequential_from_json(read_text(required(a, "model")));
  const training::Dataset data =
      read_dataset(required(a, "images"), required(a, "labels"), std::stoul(optional("count")));
  std::vector<float> parameters = model.initial_parameters(std::stoull(optional("seed")));
  // The file says what `compile` takes too, and `fit` refuses what is not its own.
  Document options =
      Document::parse(read_text(required(a, "fit")), nullptr, /*allow_exceptions=*/false);
  const auto compiled = training::compile_options_from_json(options.dump());
  for (const char* key : {"optimizer", "loss"}) options.erase(key);
  training::Optimizer optimizer(compiled.optimizer, parameters.size());
  training::Trainer trainer(model, parameters, optimizer, data, nullptr,
                            training::fit_options_from_json(options.dump()), compiled.loss);
  while (trainer.phase() != training::Phase::finished) {
    const int units = trainer.begin(1);
    do {
      for (int u = 0; u < units; ++u) trainer.run_unit(u);
    } while (trainer.meet());
    const training::FitReport r = trainer.finish();
    if (r.epoch_ended) std::fprintf(stderr, "epoch %d/%d loss %.4f\n", r.epoch, r.epochs, r.loss);
  }
  std::ofstream out(required(a, "weights"), std::ios::binary);
  out.write(reinterpret_cast<const char*>(parameters.data()),
            static_cast<std::streamsize>(parameters.size() * sizeof(float)));
  if (!out) throw Error("file", "cannot write " + a.at("weights") + ".");
  std::cout << trainer.history().json() << "\n";
}

/// Names, classes, shapes, parameter counts and regions of every layer.
Document layers_of(const nn::Sequential& model) {
  Document out = Document::array();
  for (const nn::Layer& layer : model.layers()) {
    Document regions = Document::array();
    for (const nn::Parameter& p : layer.parameters) {
      regions.push_back({{"name", p.name}, {"shape", p.shape.dims()}, {"offset", p.offset}});
      if (p.momentum) regions.back()["moving"] = true;
    }
    out.push_back({{"name", layer.name},
                   {"class_name", nn::class_name(layer.kind)},
                   {"input_shape", layer.input.dims()},
                   {"output_shape", layer.output.dims()},
                   {"parameters", layer.parameter_count()},
                   {"regions", regions}});
  }
  return out;
}

/// {config, layers, parameters, inputSize, multiplications}, or {error: {code, message}}.
Document description(const std::string& config) {
  try {
    const nn::Sequential model = nn::sequential_from_json(config);
    return {{"config", Document::parse(nn::to_json(model))},
            {"layers", layers_of(model)},
            {"parameters", model.parameter_count()},
            {"inputSize", model.input().size()},
            {"multiplications", model.multiplications()}};
  } catch (const Error& e) {
    return {{"error", {{"code", e.code()}, {"message", e.what()}}}};
  }
}

/// A line of the answer for each line of the file, which is a model's configuration.
void describe(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error("file", "cannot read " + path + ".");
  for (std::string line; std::getline(file, line);) {
    std::cout << description(line).dump(-1, ' ', false, Document::error_handler_t::replace) << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Arguments arguments;
    for (int i = 1; i + 1 < argc; i += 2) {
      const std::string name = argv[i];
      if (name.rfind("--", 0) != 0) throw Error("usage", name + " is no option.");
      arguments[name.substr(2)] = argv[i + 1];
    }
    if (argc == 2 && std::string(argv[1]) == "--schema") {
      std::cout << training::schema().dump() << "\n";
    } else if (arguments.contains("describe")) {
      describe(arguments["describe"]);
    } else {
      train(arguments);
    }
    return 0;
  } catch (const std::exception& e) {
    std::cerr
        << e.what()
        << "\nusage: ziffer_cli --model model.json --fit options.json --images IDX --labels IDX "
           "--weights OUT [--seed N] [--count N]\n"
           "       ziffer_cli --describe models.jsonl\n"
           "       ziffer_cli --schema\n";
    return 1;
  }
}
